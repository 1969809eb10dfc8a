// Says before the session ends that it will, and goes on where somebody is at work. Without it, a form that
// comes too late is kept and shown again after signing in.
const sessionDialog = document.getElementById("session-dialog");
const sessionForm = sessionDialog.querySelector("form");
const sessionWords = document.getElementById("session-text");
const sessionTitle = document.getElementById("session-title");
const [extendButton, closeButton] = sessionForm.querySelectorAll("button");
const warningTime = Number(sessionDialog.dataset.warning) * 1000;
const ends = {};
let lastTyped = 0;
let hasEnded = false;
let isTotalTold = false;

const told = ({ idle, total }) => {
  ends.idle = Date.now() + Number(idle) * 1000;
  ends.total = Date.now() + Number(total) * 1000;
};
told(sessionDialog.dataset);

const show = (title, text, canExtend) => {
  sessionTitle.textContent = title;
  if (sessionWords.textContent !== text) sessionWords.textContent = text;
  extendButton.hidden = !canExtend;
  closeButton.hidden = canExtend;
  if (!sessionDialog.open) sessionDialog.showModal();
};

const inWords = (moment) => {
  const seconds = Math.max(0, Math.round((moment - Date.now()) / 1000));
  return seconds > 60 ? `${Math.round(seconds / 60)} 分钟` : "1 分钟";
};

const end = () => {
  hasEnded = true;
  show("登录已经结束", "本页填写的内容还在。请关闭这个提示，像平时一样提交；登录后内容会填回来，再提交一次即可。", false);
};

// Another tab may have gone on meanwhile, so the portal is asked before anybody is disturbed.
const ask = async (address, options = {}) => {
  try {
    const answer = await fetch(address, { redirect: "manual", ...options });
    if (answer.type === "opaqueredirect" || answer.status === 403) end();
    else if (answer.ok) told(await answer.json());
  } catch {
    // Out of reach: the next round tries again.
  }
};
const goOn = () => ask(sessionForm.action, { method: "POST", body: new FormData(sessionForm) });

const warn = () => {
  if (ends.total - Date.now() < warningTime) {
    if (!isTotalTold) {
      show("登录将要结束", `为了学生信息的安全，登录满 12 小时会自动结束，还有约 ${inWords(ends.total)}。请先保存正在填写的内容，再重新登录。`, false);
    }
    isTotalTold = true;
  } else if (ends.idle - Date.now() < warningTime) {
    show("您还在吗？", `您有一段时间没有操作，约 ${inWords(ends.idle)}后会自动退出。`, true);
  } else if (sessionDialog.open && !isTotalTold) {
    sessionDialog.close();
  }
};

const isNear = () => Math.min(ends.idle, ends.total) - Date.now() < warningTime;

const look = async () => {
  if (hasEnded) return;
  if (!isNear() && !sessionDialog.open) return;
  const isAtWork = Date.now() - lastTyped < warningTime;
  if (isAtWork && !sessionDialog.open && ends.idle < ends.total) await goOn();
  else await ask(sessionDialog.dataset.state);
  if (!hasEnded) warn();
};

sessionForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  sessionDialog.close();
  await goOn();
});
closeButton.addEventListener("click", () => sessionDialog.close());
document.addEventListener("input", () => (lastTyped = Date.now()));
document.addEventListener("visibilitychange", look);
setInterval(look, Math.max(1000, Math.min(20000, warningTime / 4)));

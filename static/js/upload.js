// Says how far a list has come: how much of it is sent, then what the server does with it, asked of the server itself.
// Without this script the same form is sent the plain way.
"use strict";

const ASK_EVERY = 400;
const LOST = "没有传完，请检查网络后再试一次。";
const REFUSED = "没有上传成功，请刷新本页后再试一次。";

const show = (form, words, percent) => {
  const shown = form.querySelector("[data-progress-shown] > div");
  const bar = shown.querySelector("progress");
  shown.hidden = false;
  if (shown.querySelector("p").textContent !== words) shown.querySelector("p").textContent = words;
  if (percent === undefined) bar.removeAttribute("value");
  else bar.value = percent;
};

const isSending = (form, sending) => {
  form.querySelector("button[type=submit]").disabled = sending;
  form.setAttribute("aria-busy", String(sending));
};

const askForStage = async (form) => {
  const number = encodeURIComponent(form.elements.submission_id.value);
  const answer = await fetch(`${form.dataset.progress}?upload=${number}`, { redirect: "manual" });
  const { stage } = answer.ok ? await answer.json() : {};
  if (stage && form.getAttribute("aria-busy") === "true") show(form, stage);
};

const answered = (form, request) => {
  if (request.getResponseHeader("Content-Type")?.startsWith("application/json")) {
    show(form, "比对完成，正在打开…", 100);
    window.location.assign(JSON.parse(request.responseText).next);
  } else if (request.status >= 400) {
    show(form, REFUSED, 0);
  } else if (new URL(request.responseURL).pathname !== window.location.pathname) {
    window.location.assign(request.responseURL);
  } else {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.querySelector(".error-summary")?.focus();
  }
};

const send = (form) => {
  const request = new XMLHttpRequest();
  let asking;
  const stop = () => {
    clearInterval(asking);
    isSending(form, false);
  };
  request.open("POST", window.location.href);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const percent = Math.floor((loaded / total) * 100);
    show(form, `正在上传 ${percent}%`, percent);
  });
  request.upload.addEventListener("load", () => {
    show(form, "已上传，等待读取…");
    asking = setInterval(() => askForStage(form).catch(() => {}), ASK_EVERY);
  });
  request.addEventListener("load", () => {
    stop();
    answered(form, request);
  });
  request.addEventListener("error", () => {
    stop();
    show(form, LOST, 0);
  });
  isSending(form, true);
  show(form, "正在上传…", 0);
  request.send(new FormData(form));
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.dataset.progress || !form.elements.file.files.length) return;
  event.preventDefault();
  send(form);
});

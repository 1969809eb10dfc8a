"""Reading the workbooks offices send and writing the tables offices print; knows no app and no model."""

// What the phones say themselves: states and failures, each with a next step.
import { Refused, Unreachable } from "./network.js";

export const LOADING = "正在打开……";
export const OFFLINE = "暂时连不上。您的话留在这里，连上就自动发出。急事请拨打 12345，有危险请拨打 119、110 或 120。";
export const WAITING = "正在等网络，会自动重发。";
export const WITH_STAFF = "工作人员正在接待您，请在这里等回复。急事请拨打 12345。";
export const NEW_CITIZEN = "换一位市民？现在的对话就不再显示了。";
export const NOT_SENT = "没发出去";
export const NO_CASES = "还没有查过办件。在上面输入办件编号和后四位，查到的会留在这里。";
export const CASE_NOT_FOUND = "没有查到。请核对办件编号和后四位；仍查不到请拨打 12345。";

/** Say in words what went wrong and what to do now. */
export function failure(error) {
  if (error instanceof Unreachable) return "暂时连不上。请稍后点“重发”；急事请拨打 12345，有危险请拨打 119、110 或 120。";
  if (!(error instanceof Refused)) return "手机页面出错了。请刷新页面；急事请拨打 12345。";
  if (error.status === 401) return "登录没有成功。请点“重发”再试一次；急事请拨打 12345。";
  if (error.status === 429) return `发得太快了。请等 ${error.waitS || 60} 秒再发；急事请拨打 12345。`;
  if (error.status < 500) return "这句话没能收下，可能太长或有不能识别的字符。请改短一些再发。";
  return "系统出错了。请稍后点“重发”；急事请拨打 12345，有危险请拨打 119、110 或 120。";
}

/** Say that a page or list could not be fetched, and what to do now. */
export function notOpened(error) {
  if (error instanceof Refused && error.status === 429) return `查得太频繁了。请等 ${error.waitS || 60} 秒再试；急事请拨打 12345。`;
  if (error instanceof Refused && error.status === 400) return "输入的内容不对。请核对后再查；急事请拨打 12345。";
  return "暂时打不开。请稍后再试；急事请拨打 12345，有危险请拨打 119、110 或 120。";
}

export const SUGGESTIONS = [
  "老人高龄津贴怎么办",
  "护照要带什么材料",
  "我想查办件进度",
  "台风来了去哪里避险",
  "我要补贴",
  "我要提意见",
  "转人工",
];

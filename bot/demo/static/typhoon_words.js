// What the page says around the typhoon; the warnings themselves come from the program.
export const RED = "红：请立即转移";
export const WARNED = "预警生效中";
const COLOURS = {
  red: RED,
  orange: "橙：准备转移",
  yellow: "黄：请留心",
  green: "绿：现在没有叫您转移",
  grey: "灰：安不安全，还不知道",
};
export const CODE = "安全码 · 演示";
export const PAPER = "纸质安全码 · 演示（没有小程序的人带纸码）";
export const ARRIVE = "到安置点，出示这个码";
export const SCANNING = "正在扫码……";
export const WHY = "为什么";
export const VIA = { wechat: "小程序订阅消息 · 演示", alipay: "手机短信 · 演示" };
export const IN_FORCE = "小助手的答复";
export const NOT_COUNTED = "还没有开始统计";
export const OVER = "演练已结束";
export const NOT_TAKEN = "这次没有扫上。请再点一次；演练已结束的，再点“台风来了”可以重来。";
export const KNOCKING = "正在敲最后一扇门：网格员当面告诉这一户，再记下来……";
export const NOT_KNOCKED = "没有敲上。请再点一次“去敲最后一扇门”。";
export const RECEIVED = "演练里收到的";
export const BROKEN = "演练没能进行。请稍后再点“台风来了”；仍不行请重新启动演示。";

const STEPS = {
  "": "演练即将开始。",
  signal: "气象台发布台风预警，已原文转发。",
  response: "县里启动应急响应：一人拟稿，另一人签发。",
  order: "转移令已由两人签发，正在逐人叫应：小程序、短信、电话，最后上门。",
};

/** Say a colour in words; who has left for safety is told that first. */
export function colour({ colour: name, moved }) {
  return moved ? `已转移 ✓（${COLOURS[name].split("：")[0]}：先不要回家）` : COLOURS[name];
}

/** Say how a phone was left when the drill ended. */
export const left = (state) => `结束时，这里是“${state}”。`;

/** Say how far the drill is. */
export function step({ state, step: at }) {
  if (state === "preparing") return "正在布置演练用的县：人、网格员、模拟的平台……";
  if (state === "last_door") return "只剩最后一户。他们没有电话，网格员已到门口。";
  if (state === "over") return "演练结束：人人都已叫应。";
  if (state === "broken") return BROKEN;
  return STEPS[at] || STEPS[""];
}

/** Say how many stand where. */
export function counts(people, confirmed, owned, rest) {
  return `共 ${people} 人：已叫应 ${confirmed} 人，网格员上门 ${owned} 人，还在叫 ${rest} 人。`;
}

export const more = (count) => `另有 ${count} 人`;

/** List what the report says at the end: names and values. */
export function report({ people, minutes, owned, lost, duplicates, messages }) {
  return [
    ["人人已确认或有网格员负责", spell(owned)],
    ["一半的人已确认", spell(minutes["50"])],
    ["九成的人已确认", spell(minutes["90"])],
    ["最后一人已确认", spell(minutes["100"])],
    ["遗漏 / 重复", `${lost} / ${duplicates}`],
    ["短信和电话", `${messages} 次，都在模拟平台上`],
    ["参加演练", `${people} 个虚构的人`],
  ];
}

const spell = (minutes) => (minutes === null || minutes === undefined ? "未达到" : `${minutes} 分钟`);

/** The places of the evidence strip on the phone: what to show, and the outline to fill. */

/** Slot -> [zh-CN, English, outline]. Outlines are drawn by call.css (`.outline-NAME`). */
const SLOTS = {
  safety: ["双闪灯和三角牌", "Hazard lights and triangle", "wide"],
  "location-landmark": ["路牌、灯杆号或地标", "Road sign, lamp post or landmark", "tall"],
  "front-panorama": ["前方全景:两车和车道线都放进框里", "From the front: both cars and the lane lines", "wide"],
  "rear-panorama": ["后方全景:两车、号牌和车道线放进框里", "From behind: both cars, plates and lane lines", "wide"],
  "contact-a": ["甲车碰撞部位", "Damage of car A", "square"],
  "contact-b": ["乙车碰撞部位", "Damage of car B", "square"],
  markings: ["车道线、停止线和标志", "Lane lines, stop line and signs", "wide"],
  "ground-marks": ["地面痕迹、碎片", "Marks and debris on the ground", "wide"],
  "plate-a": ["甲车号牌", "Plate of car A", "plate"],
  "plate-b": ["乙车号牌", "Plate of car B", "plate"],
  "both-in-frame": ["双方驾驶人同框", "Both drivers in one picture", "square"],
  "driver-a-face": ["甲方驾驶人面部", "Face of driver A", "square"],
  "driver-b-face": ["乙方驾驶人面部", "Face of driver B", "square"],
  "driving-licence-a": ["甲方驾驶证", "Driving licence of A", "card"],
  "vehicle-licence-a": ["甲方行驶证", "Vehicle licence of A", "card"],
  "driving-licence-b": ["乙方驾驶证", "Driving licence of B", "card"],
  "vehicle-licence-b": ["乙方行驶证", "Vehicle licence of B", "card"],
  other: ["其他照片", "Another picture", "wide"],
};

/** Tell whether `slot` is a known slot. */
export function isSlot(slot) {
  return typeof slot === "string" && Object.hasOwn(SLOTS, slot);
}

/** What the slot shows, in the reader's language. */
export function slotName(slot, language) {
  return SLOTS[slot][language === "zh" ? 0 : 1];
}

/** Shape of the outline for a slot. */
export function slotOutline(slot) {
  return SLOTS[slot][2];
}

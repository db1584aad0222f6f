package org.anquan.dispatch;

/**
 * What is asked for of one skill.
 *
 * @param units crews or vehicles, 0 where their number does not matter
 * @param people in the units with this skill, 0 where their number does not matter
 */
record Need(String skill, int units, int people) {}

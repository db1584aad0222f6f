package org.anquan.scenario;

import org.anquan.catalog.Sensitivity;

/**
 * A stored scenario was written or deleted, here or by another process on the same store: published as a Spring event.
 *
 * @param version 0 where it was deleted
 * @param sensitivity who may be told: whoever could see it before or can see it now
 */
public record ScenarioChanged(String name, long version, Sensitivity sensitivity) {}

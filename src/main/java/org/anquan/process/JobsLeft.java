package org.anquan.process;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes up, at the start of the service, the jobs that an earlier run left. A command of the command line must not: the
 * jobs are the service's, and to make all processes for a moment's import costs it a second.
 */
@Component
@ConditionalOnWebApplication
final class JobsLeft {
    private final Jobs jobs;

    JobsLeft(Jobs jobs) {
        this.jobs = jobs;
    }

    @EventListener(ApplicationReadyEvent.class)
    void takeUp() {
        jobs.takeUp();
    }
}

package org.anquan.shelter;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** What lies in this package; the finder below it has a world of its own. */
@ComponentScan(
        basePackages = "org.anquan.shelter",
        excludeFilters =
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = "org\\.anquan\\.shelter\\.[a-z]+\\..*"))
class ShelterBeans {}

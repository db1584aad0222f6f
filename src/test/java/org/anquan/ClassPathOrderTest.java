package org.anquan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassPathOrderTest {
    @Test
    void ourSlf4jAndGuavaComeBeforeTheCopiesInsideTheGeotoolsJar() throws ClassNotFoundException {
        for (String name : new String[] {"org.slf4j.LoggerFactory", "com.google.common.collect.ImmutableList"}) {
            String from = Class.forName(name)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString();
            assertThat(from)
                    .as("%s must not come from geotools-wrapper: keep slf4j-api and guava first in pom.xml", name)
                    .doesNotContain("geotools-wrapper");
        }
    }
}

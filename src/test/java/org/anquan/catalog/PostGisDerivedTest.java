package org.anquan.catalog;

import java.util.List;

/** What follows from other attributes follows in PostGIS too. */
class PostGisDerivedTest extends DerivedTest {
    private final String url = PostGisServer.freshSchema();

    @Override
    TestCatalogue openStore(String... yaml) {
        return TestCatalogue.open(url, List.of(yaml));
    }
}

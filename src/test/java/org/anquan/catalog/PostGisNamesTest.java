package org.anquan.catalog;

import java.util.List;

/** The search box finds the same in PostGIS. */
class PostGisNamesTest extends NamesTest {
    private final String url = PostGisServer.freshSchema();

    @Override
    TestCatalogue openStore(String... yaml) {
        return TestCatalogue.open(url, List.of(yaml));
    }
}

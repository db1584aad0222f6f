package org.anquan.catalog;

import java.util.List;

/** Changed definitions in PostGIS. */
class PostGisMigrationTest extends MigrationTest {
    private final String url = PostGisServer.freshSchema();

    @Override
    TestCatalogue openStore(String... yaml) {
        return TestCatalogue.open(url, List.of(yaml));
    }

    @Override
    Dialect dialect() {
        return new PostGisDialect(new StoreAddress(url, null, null), StoreSettings.usual());
    }
}

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
    void forgetTheDefinition() {
        forget(new PostGisDialect(new StoreAddress(url, null, null), StoreSettings.usual()));
    }

    @Override
    void raiseTheFormat() {
        run(
                new PostGisDialect(new StoreAddress(url, null, null), StoreSettings.usual()),
                "UPDATE anquan_format SET number = 999");
    }
}

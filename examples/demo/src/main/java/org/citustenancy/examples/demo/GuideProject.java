package org.citustenancy.examples.demo;

import java.util.List;

/**
 * A project of the guide.
 *
 * @param name its name, which is its database's
 * @param owner the user who owns it
 * @param tables its tables, in the order in which they can be made
 * @param rows what is in them
 */
record GuideProject(String name, String owner, List<GuideTable> tables, GuideRows rows) {

    /** The guide's projects. */
    static List<GuideProject> all() {
        return List.of(
                new GuideProject("app_production", "app_user", GuideTable.shop(), new ShopRows(40, 3)),
                new GuideProject("app_staging", "staging_user", GuideTable.shop(), new ShopRows(10, 2)),
                new GuideProject("analytics", "analytics_user", GuideTable.analytics(), new AnalyticsRows(30, 8)));
    }
}

package org.citustenancy.examples.demo;

import java.util.List;
import java.util.stream.Stream;

/**
 * A project of the guide.
 *
 * @param name the name of the project and of its database
 * @param owner the user that owns it
 * @param tables its tables, in the order in which they can be created
 * @param rows its rows
 * @param limitedUsers the guide's users with fewer privileges than the owner
 */
record GuideProject(String name, String owner, List<GuideTable> tables, GuideRows rows, List<GuideUser> limitedUsers) {

    /** Returns the guide's projects. */
    static List<GuideProject> all() {
        return List.of(
                new GuideProject(
                        "app_production",
                        "app_user",
                        GuideTable.shop(),
                        new ShopRows(40, 3),
                        readers("app_production")),
                new GuideProject("app_staging", "staging_user", GuideTable.shop(), new ShopRows(10, 2), List.of()),
                new GuideProject(
                        "analytics", "analytics_user", GuideTable.analytics(), new AnalyticsRows(30, 8), List.of()));
    }

    private static List<GuideUser> readers(String project) {
        return List.of(
                new GuideUser(project, "readonly_user", GuideUser.Level.READS_ALL),
                new GuideUser(project, "reports_user", GuideUser.Level.READS_USERS_AND_ORDERS));
    }

    /** Returns all its users, the owner first. */
    List<GuideUser> users() {
        return Stream.concat(Stream.of(new GuideUser(name, owner, GuideUser.Level.OWNER)), limitedUsers.stream())
                .toList();
    }
}

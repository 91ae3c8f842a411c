package org.citustenancy.examples.demo;

import java.util.List;
import java.util.stream.Stream;

/**
 * A project of the guide.
 *
 * @param name its name, which is its database's
 * @param owner the user who owns it
 * @param tables its tables, in the order in which they can be made
 * @param rows what is in them
 * @param limitedUsers those of the guide's users who may do less than the owner
 */
record GuideProject(String name, String owner, List<GuideTable> tables, GuideRows rows, List<GuideUser> limitedUsers) {

    /** The guide's projects. */
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

    /** All its users, the owner first. */
    List<GuideUser> users() {
        return Stream.concat(Stream.of(new GuideUser(name, owner, GuideUser.Level.OWNER)), limitedUsers.stream())
                .toList();
    }
}

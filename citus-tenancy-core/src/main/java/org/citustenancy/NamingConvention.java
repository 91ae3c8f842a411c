package org.citustenancy;

/**
 * The names that the library uses if the caller sets none. You can replace it with an implementation of your own
 * through {@link ClusterOptions#naming}.
 *
 * <pre>{@code
 * final class ShortNames implements NamingConvention {
 *     public String project(String application, Environment environment) {
 *         return environment == Environment.PRODUCTION ? application : application + "_" + environment.suffix();
 *     }
 *
 *     public String owner(String project) {
 *         return project + "_owner";
 *     }
 * }
 * }</pre>
 */
public interface NamingConvention {

    /**
     * Returns the standard convention: {@code app_production}, {@code app_staging}, {@code app_development}, and {@code
     * <project>_user}.
     *
     * @return the standard convention
     */
    static NamingConvention standard() {
        return new NamingConvention() {
            @Override
            public String project(String application, Environment environment) {
                return application + "_" + environment.suffix();
            }

            @Override
            public String owner(String project) {
                return project + "_user";
            }
        };
    }

    /**
     * Returns the name of an application's project in an environment.
     *
     * @param application the application's name
     * @param environment the environment
     * @return the project's name
     */
    String project(String application, Environment environment);

    /**
     * Returns the name of the user who owns a project.
     *
     * @param project the project's name
     * @return the user's name
     */
    String owner(String project);
}

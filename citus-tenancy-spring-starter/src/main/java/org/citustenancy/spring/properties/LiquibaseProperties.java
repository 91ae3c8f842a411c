package org.citustenancy.spring.properties;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the projects' change logs are run, where Liquibase is on the class path.
 *
 * @param enabled whether they are run
 * @param changeLogs where they are; {project} stands for the project's key; one that is not there is left out
 * @param contexts which contexts are run; all by default
 * @param labelFilter which labels are run; all by default
 */
public record LiquibaseProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue({
            "classpath:db/changelog/common/db.changelog-master.yaml",
            "classpath:db/changelog/{project}/db.changelog-master.yaml"
        })
        List<String> changeLogs,

        @Nullable String contexts,
        @Nullable String labelFilter) {}

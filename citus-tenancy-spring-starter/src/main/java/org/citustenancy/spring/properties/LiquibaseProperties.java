package org.citustenancy.spring.properties;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The projects' change logs, if Liquibase is on the class path.
 *
 * @param enabled whether change logs run
 * @param changeLogs the locations of the change logs; {project} is replaced by the project's key; missing ones are
 * skipped
 * @param contexts the contexts that run; all by default
 * @param labelFilter the labels that run; all by default
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

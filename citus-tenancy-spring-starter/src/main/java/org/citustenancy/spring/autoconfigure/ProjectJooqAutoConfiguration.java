package org.citustenancy.spring.autoconfigure;

import java.util.Optional;
import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.citustenancy.spring.internal.jooq.JooqBeanRegistrar;
import org.citustenancy.spring.internal.jooq.ProjectContexts;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqProperties;
import org.springframework.boot.jooq.autoconfigure.SpringTransactionProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Configures jOOQ for each project, if the application depends on jOOQ and its JVM can load it. */
@AutoConfiguration(after = CitusTenancyAutoConfiguration.class, before = JooqAutoConfiguration.class)
@Conditional(OnConfiguredCluster.class)
@ConditionalOnClass({DSLContext.class, SpringTransactionProvider.class})
@Import(JooqBeanRegistrar.class)
public class ProjectJooqAutoConfiguration {

    /** Spring Boot's dialect counts for projects, unless it is that of the application's own data source. */
    @Bean(JooqBeanRegistrar.FACTORY)
    ProjectContexts citusTenancyProjectContexts(
            BeanFactory beans, Environment environment, ObjectProvider<JooqProperties> properties) {
        SQLDialect dialect = ProjectBeanRegistrar.areInjectedWithoutName(beans, ProjectKeys.of(environment))
                ? Optional.ofNullable(properties.getIfAvailable())
                        .map(JooqProperties::getSqlDialect)
                        .orElse(SQLDialect.POSTGRES)
                : SQLDialect.POSTGRES;
        return new ProjectContexts(beans, dialect);
    }

    /** Spring Boot's configuration would query the data source for its dialect, and the project may be unavailable. */
    @Bean
    @Conditional(OnProjectAsDefault.class)
    @ConditionalOnMissingBean
    Configuration citusTenancyJooqConfiguration(DSLContext sql) {
        return sql.configuration();
    }
}

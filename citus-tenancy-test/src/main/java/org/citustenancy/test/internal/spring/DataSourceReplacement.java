package org.citustenancy.test.internal.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.test.internal.handover.DatabaseHolder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Replaces the application's data source, after all configuration is read, by one that leads to the database of the
 * test that runs. Until then it is there, because other configuration depends on it.
 */
final class DataSourceReplacement implements BeanDefinitionRegistryPostProcessor {

    private static final String USUAL_NAME = "dataSource";

    private final ConfigurableApplicationContext context;
    private final ContextDatabase database;

    DataSourceReplacement(ConfigurableApplicationContext context, ContextDatabase database) {
        this.context = context;
        this.database = database;
    }

    /** Keeps the slices of Spring Boot from an embedded database, regardless of {@code @AutoConfigureTestDatabase}. */
    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        refuseHierarchy(context.getParent());
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("citusDatabaseSlices", Map.of("spring.test.database.replace", "NONE")));
    }

    private static void refuseHierarchy(@Nullable ApplicationContext parent) {
        if (parent != null && parent.containsBean(DatabaseHolder.BEAN)) {
            throw new InvalidRequestException(Failure.of(
                            "The tests have a hierarchy of contexts, and each of them would"
                                    + " have a data source of its own for the test's database")
                    .state("nothing was touched")
                    .fix("use one context, or several data sources of ConnectionInfo, without @ContextHierarchy"));
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (beans.getBeanNamesForType(ProjectPools.class, true, false).length > 0) {
            database.bind("a bean of the type ProjectPools, such as that of the starter");
            return;
        }
        List<String> candidates = Arrays.stream(beans.getBeanNamesForType(DataSource.class, true, false))
                .filter(beans::containsBeanDefinition)
                .filter(name -> isInjectedWithoutName(beans.getBeanDefinition(name)))
                .toList();
        Optional<String> replaced = candidates.size() == 1
                ? Optional.of(candidates.get(0))
                : candidates.stream()
                        .filter(name -> beans.getBeanDefinition(name).isPrimary())
                        .findFirst();
        if (replaced.isEmpty() && !candidates.isEmpty()) {
            database.bind("the data sources " + String.join(", ", candidates) + ", of which none is primary");
            return;
        }
        replace((BeanDefinitionRegistry) beans, replaced);
    }

    private static boolean isInjectedWithoutName(BeanDefinition definition) {
        return definition.isAutowireCandidate()
                && !(definition instanceof AbstractBeanDefinition bean && !bean.isDefaultCandidate());
    }

    private void replace(BeanDefinitionRegistry beans, Optional<String> replaced) {
        RootBeanDefinition definition = new RootBeanDefinition(DataSource.class, () -> new CurrentDataSource(database));
        replaced.ifPresent(name -> {
            BeanDefinition before = beans.getBeanDefinition(name);
            definition.setPrimary(before.isPrimary());
            if (before instanceof AbstractBeanDefinition bean) {
                definition.copyQualifiersFrom(bean);
            }
            beans.removeBeanDefinition(name);
        });
        beans.registerBeanDefinition(replaced.orElse(USUAL_NAME), definition);
    }
}

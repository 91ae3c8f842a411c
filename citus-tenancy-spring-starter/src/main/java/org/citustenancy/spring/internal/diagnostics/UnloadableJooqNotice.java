package org.citustenancy.spring.internal.diagnostics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/** Logs during the start of the application that its jOOQ cannot be loaded. Registers nothing. */
public final class UnloadableJooqNotice implements ImportBeanDefinitionRegistrar {

    private static final Logger LOG = LoggerFactory.getLogger(UnloadableJooqNotice.class);

    private final ClassLoader classPath;

    /**
     * Creates a notice.
     *
     * @param classPath the class loader of the application's libraries
     */
    public UnloadableJooqNotice(ClassLoader classPath) {
        this.classPath = classPath;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        UnloadableJooq.on(classPath).ifPresent(jooq -> LOG.warn("{}. {}", jooq.description(), jooq.action()));
    }
}

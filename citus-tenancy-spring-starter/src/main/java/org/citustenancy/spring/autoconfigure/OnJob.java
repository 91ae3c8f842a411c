package org.citustenancy.spring.autoconfigure;

import org.citustenancy.spring.internal.start.JobEnvironment;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the application runs a job. An empty property, as an unset variable of a container leaves it, is no job. */
final class OnJob implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return JobEnvironment.hasJob(context.getEnvironment());
    }

    /** Matches if the application runs no job. */
    static final class Absent implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !JobEnvironment.hasJob(context.getEnvironment());
        }
    }
}

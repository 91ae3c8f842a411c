package org.citustenancy.spring.internal.beans;

import org.citustenancy.spring.OfProject;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;

/** By what a bean is injected that belongs to a project. */
public final class ProjectQualifier {

    private ProjectQualifier() {}

    /** Lets a bean be injected by {@code @OfProject} and by {@code @Qualifier}. */
    public static void addTo(AbstractBeanDefinition bean, String project) {
        bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, project));
        AutowireCandidateQualifier ours = new AutowireCandidateQualifier(OfProject.class, project);
        // Otherwise both are equal, and an application that is processed ahead of time has one of them only.
        ours.setAttribute("annotation", OfProject.class.getName());
        bean.addQualifier(ours);
    }
}

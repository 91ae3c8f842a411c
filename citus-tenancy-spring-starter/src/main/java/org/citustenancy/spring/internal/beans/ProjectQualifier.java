package org.citustenancy.spring.internal.beans;

import org.citustenancy.spring.OfProject;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;

/** The qualifiers of a project's beans. */
public final class ProjectQualifier {

    private ProjectQualifier() {}

    /** Makes a bean injectable by {@code @OfProject} and by {@code @Qualifier}. */
    public static void addTo(AbstractBeanDefinition bean, String project) {
        bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, project));
        AutowireCandidateQualifier ours = new AutowireCandidateQualifier(OfProject.class, project);
        // Otherwise both are equal, and an application that is processed ahead of time has only one of them.
        ours.setAttribute("annotation", OfProject.class.getName());
        bean.addQualifier(ours);
    }
}

package org.citustenancy.spring.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** The keys of projects, as they are read before beans exist. */
class ProjectKeysTest {

    @Test
    void projects_with_entities_of_their_own_are_found_by_keys_of_any_form() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("citus-tenancy.projects.with_entities.jpa.packages[0]", "com.example.one")
                .withProperty("citus-tenancy.projects.Other-1.jpa.packages", "com.example.two")
                .withProperty("citus-tenancy.projects.with_options.jpa.properties.hibernate.jdbc.batch_size", "10")
                .withProperty("citus-tenancy.projects.without_jpa.database", "x");

        assertThat(ProjectKeys.of(environment).withEntities(environment)).containsExactly("Other-1", "with_entities");
    }
}

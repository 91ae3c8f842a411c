package org.citustenancy.spring.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table of the primary project. */
@Entity
@Table(name = "users")
public class Person {

    @Id
    private long id;

    private String name;

    protected Person() {}

    Person(long id, String name) {
        this.id = id;
        this.name = name;
    }

    String name() {
        return name;
    }
}

package org.citustenancy.spring.jpa.shared;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

/** A row with an identifier of a identity generator. */
@Entity
public class InColumn implements Numbered {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Override
    public Long id() {
        return id;
    }
}

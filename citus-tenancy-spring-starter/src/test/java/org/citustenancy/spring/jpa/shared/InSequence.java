package org.citustenancy.spring.jpa.shared;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;

/** A row with an identifier of a sequence generator. */
@Entity
public class InSequence implements Numbered {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "numbers")
    @SequenceGenerator(name = "numbers", sequenceName = "in_sequence_seq", allocationSize = 50)
    private Long id;

    @Override
    public Long id() {
        return id;
    }
}

package org.citustenancy.spring.jpa.shared;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.TableGenerator;

/** A row with an identifier of a table generator. */
@Entity
public class InTable implements Numbered {

    @Id
    @GeneratedValue(strategy = GenerationType.TABLE, generator = "numbers_of_table")
    @TableGenerator(name = "numbers_of_table", table = "numbers", allocationSize = 50)
    private Long id;

    @Override
    public Long id() {
        return id;
    }
}

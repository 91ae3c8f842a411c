package org.citustenancy.spring.jpa.own;

import org.springframework.data.jpa.repository.JpaRepository;

/** A repository of one project. */
public interface Events extends JpaRepository<Event, Long> {}

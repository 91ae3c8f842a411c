package org.citustenancy.examples.spring;

/**
 * A user of the shop.
 *
 * @param id a number
 * @param name the name
 */
record User(long id, String name) {}

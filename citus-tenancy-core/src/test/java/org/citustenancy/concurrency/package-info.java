/** Several processes that do different things to the same projects and roles at the same time. */
package org.citustenancy.concurrency;

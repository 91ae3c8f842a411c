package org.citustenancy.test.internal.handover;

/** Uses the database of the test that runs, in place of that of the test before. */
public interface DatabaseHolder {

    /** The name of the holder's bean in a context of Spring. */
    String BEAN = "citusTestDatabase";

    /** Returns whether the holder can have the database of a test. */
    boolean serves(RunningTest next);

    /** Uses the database of a test, which the holder {@linkplain #serves serves}, from now on. */
    void use(RunningTest next);
}

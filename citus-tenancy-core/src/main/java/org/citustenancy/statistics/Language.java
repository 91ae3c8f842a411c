package org.citustenancy.statistics;

/** The language of headings and column names. */
public enum Language {
    /** English. */
    ENGLISH,
    /** Spanish. */
    SPANISH;

    /**
     * Returns the word in this language.
     *
     * @param english the English word
     * @param spanish the Spanish word
     * @return the chosen word
     */
    public String choose(String english, String spanish) {
        return this == ENGLISH ? english : spanish;
    }
}

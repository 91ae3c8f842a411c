package org.citustenancy.statistics;

/** In which language headings and columns are named. */
public enum Language {
    /** English. */
    ENGLISH,
    /** Spanish. */
    SPANISH;

    /**
     * The one of two words that is in this language.
     *
     * @param english the English word
     * @param spanish the Spanish word
     * @return one of them
     */
    public String choose(String english, String spanish) {
        return this == ENGLISH ? english : spanish;
    }
}

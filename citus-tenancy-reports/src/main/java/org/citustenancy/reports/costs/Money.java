package org.citustenancy.reports.costs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * An amount of money, exact to the smallest unit of its currency.
 *
 * @param amount the amount, not negative
 * @param currency the currency
 */
public record Money(BigDecimal amount, Currency currency) {

    /**
     * Sets the scale of the amount to that of its currency, and rejects an amount that has more digits or is negative.
     */
    public Money {
        if (amount.signum() < 0) {
            throw new InvalidRequestException(
                    Failure.of("A price of " + amount + " is negative").fix("give zero or more"));
        }
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        try {
            amount = amount.setScale(digits, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException finer) {
            throw new InvalidRequestException(
                    Failure.of(amount + " has more digits than " + currency + ", which has " + digits)
                            .fix("round it"),
                    finer);
        }
    }

    /**
     * Creates an amount.
     *
     * @param amount the amount, as in {@code 120} or {@code 99.90}
     * @param currency the currency's code, as in {@code USD}
     * @return the money
     * @throws InvalidRequestException if it is negative, has more digits than the currency, or the currency does not
     * exist
     */
    public static Money of(String amount, String currency) {
        try {
            return new Money(new BigDecimal(amount), Currency.getInstance(currency));
        } catch (IllegalArgumentException unreadable) {
            throw new InvalidRequestException(
                    Failure.of("\"" + amount + " " + currency + "\" is not an amount of money")
                            .fix("give digits, and a code of ISO 4217"),
                    unreadable);
        }
    }

    Money times(int factor) {
        return new Money(amount.multiply(BigDecimal.valueOf(factor)), currency);
    }

    Money minus(Money other) {
        return new Money(amount.subtract(other.amount), currency);
    }

    /** Returns the amount and the currency's code. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}

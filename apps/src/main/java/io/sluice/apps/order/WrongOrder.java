package io.sluice.apps.order;

/** An order that makes no sense; says which of its fields is wrong. */
public final class WrongOrder extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * A field that is wrong.
     *
     * @param field its name
     * @param message what is wrong with it, without its name
     */
    public WrongOrder(String field, String message) {
        super(message);
        this.field = field;
    }

    /** Name of the field that is wrong. */
    public String field() {
        return field;
    }
}

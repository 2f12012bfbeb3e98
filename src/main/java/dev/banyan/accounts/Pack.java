package dev.banyan.accounts;

/// A bundle of sub-accounts as it is sold. Packs stack: their total is the number of sub-accounts.
public enum Pack {
    THREE(3),
    TEN(10),
    TWENTY_FIVE(25);

    public final int size;

    Pack(int size) {
        this.size = size;
    }
}

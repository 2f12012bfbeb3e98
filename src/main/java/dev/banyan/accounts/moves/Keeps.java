package dev.banyan.accounts.moves;

/// What the receiver of an account lets the former agency keep. By default, nothing.
///
/// @param reading whether its owners may still look at the account
/// @param gateways whether numbers go on at the gateways that it has set up, which see all of their messages
public record Keeps(boolean reading, boolean gateways) {

    static final Keeps NOTHING = new Keeps(false, false);
}

package dev.banyan.accounts.checklist;

/// One step of the checklist.
///
/// @param place its place in the list
/// @param text why it is worth it, in a sentence
/// @param action the words of its button
/// @param path where the step is taken, without the account
public record FirstStep(Place place, String title, String text, String action, String path, boolean done) {

    /// The places of the steps, in order.
    public enum Place {
        PAGE,
        BRAND,
        MEMBER,
        WORKSPACE,
        NUMBER,
        MAIL
    }
}

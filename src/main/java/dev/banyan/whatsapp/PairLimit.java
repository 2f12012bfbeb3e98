package dev.banyan.whatsapp;

import java.time.Duration;

/// How often one number may write to one contact.
///
/// @param every one message in that time, in the long run; 1 to 3,600 seconds
/// @param burst how many may go at once before that, 1 to 100
public record PairLimit(Duration every, int burst) {}

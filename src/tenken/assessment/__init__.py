"""What the rules make of the answers: findings, the next question, the gate; knows records, rules and what is below."""

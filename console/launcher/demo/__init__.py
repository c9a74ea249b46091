"""One whole simulated case played from outside: real keys, real pixels, proof from the other side."""

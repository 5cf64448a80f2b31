"""My trainings and certificates; and for anybody with a check code, whether a certificate is valid."""

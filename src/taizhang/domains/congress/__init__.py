"""Democratic management (职代会与民主管理): sessions of workers' congresses, votes, and grades.

Legal basis: Trade Union Law 2021 arts. 36–39, Labour Contract Law art. 4, Company Law 2023
arts. 68, 76 and 173, and the rules on enterprise democratic management (总工发〔2012〕12号);
registers R28, R29, R43.
"""

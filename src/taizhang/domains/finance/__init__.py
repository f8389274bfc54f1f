"""Finance (经费): the employee education fund of enterprises, and special money by purpose.

Legal basis: Vocational Education Law 2022 arts. 58 and 64, Cai Shui [2018] 51; registers R26, R40.
Amounts are commercial secrets (class C): a permission of their own shows them.
"""

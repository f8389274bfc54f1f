"""Skills (技能培训与产教融合): training bases, school-enterprise cooperation, training classes.

Legal basis: Vocational Education Law 2022 arts. 23–24, 29 and 37; registers R22, R23.
"""

class Report:
    def __init__(self, json, text, folder): self.deviations=[]
    def demand(self, ok, text): pass

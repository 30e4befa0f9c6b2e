"""What leaves the registry as a file: declared reports, small counts hidden, every taking logged.

``report`` declares what a report is; ``gates``, ``gate_ledger``, ``three_way`` and ``case_list`` are the
reports; ``disclosure`` hides small counts; ``csv_file`` writes cells that no spreadsheet runs; ``taking``
makes a file and ``log`` keeps who took which. What they read comes from ``server.registry.reports``.
"""

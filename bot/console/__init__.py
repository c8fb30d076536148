"""The console of staff: pages made here, of forms and tables that work without any script."""

// DemoIncidents

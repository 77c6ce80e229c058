# invitation

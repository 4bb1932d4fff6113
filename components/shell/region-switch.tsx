'use client';

import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import Link from 'next/link';
import { pagePaths } from '@/lib/contract/paths';
import classes from './header.module.css';

interface RegionSwitchProps {
  region: string;
  /** All that Cairn watches, in the order of the settings. */
  regions: string[];
}

/** The region whose jobs are shown, and the way to the others. With one region it is only its name. */
export function RegionSwitch({ region, regions }: RegionSwitchProps) {
  const all = regions.includes(region) ? regions : [region, ...regions];
  if (all.length < 2) return <span className={classes.region}>{region}</span>;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.regionButton} aria-label={`Region: ${region}`}>
          {region}
          <IconSelector size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {all.map((each) => (
          <Menu.Item
            key={each}
            component={Link}
            href={pagePaths.jobs(each)}
            aria-current={each === region ? 'true' : undefined}
            rightSection={each === region ? <IconCheck size={14} aria-hidden="true" /> : null}
          >
            {each}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
